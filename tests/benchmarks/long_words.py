"""`python -m tests.benchmarks.long_words`: how long a summary is laid out with an odd answer in one of its tables."""

import os
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from documents.engine import render_pdf
from tests.documents.kinds import summary_paper

TEXTS = {
    "ordinary words of 20,000 letters in all": "слово " * 3_400,
    "one word of 20,000 letters": "щ" * 20_000,
    "20,000 signs that no font has": "🦊" * 20_000,
    "3,000 ticks among letters": "я✔" * 3_000,
    "10,000 bound prepositions": "в " * 10_000,
}

if __name__ == "__main__":
    for what, text in TEXTS.items():
        paper = summary_paper(cities=1)
        paper.context["questions"][0].answers = (("Город", text),)
        begun = time.perf_counter()
        render_pdf(paper)
        print(f"{time.perf_counter() - begun:6.2f} s  {what}")
