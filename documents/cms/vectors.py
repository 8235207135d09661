"""Known-good signatures, one for each algorithm and curve: what this machine must be able to tell.

The GOST ones were made by libgcrypt, those of RSA and ECDSA by OpenSSL; their private keys were thrown away. The two
digests are those of the first message of RFC 6986, section 10.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MESSAGE = "Проверка подписи: СГЦСЗР".encode()

STREEBOG_MESSAGE = b"012345678901234567890123456789012345678901234567890123456789012"
STREEBOG_256 = "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
STREEBOG_512 = (
    "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
    "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"
)


@dataclass(frozen=True)
class Vector:
    """A key and its signature of `MESSAGE`.

    Attributes:
        key: SubjectPublicKeyInfo, base64.
        signature: its value, base64.
    """

    key: str
    signature: str


RSA = Vector(
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0Qbst7wNDp2vZviPdes8kjYKWAAZc8M2+slnnGgiPahq5sFAyIDp+Tj3"
    "akdoDb5GFxNoemMz8ezn+/8uBPboqgGX803xafnB/5uw2WFEHtMLsGR8sNXh494H+mhSas7oRxPM4wyuOya9UkESBDtJ/6aeSk/i"
    "NtQYh1Co7HtfvDMIoTH1lqKpJ1v7af9xYA8N9+LYoiBWU5Bp4gGrUpPnC9ITJ/Vy6Larf9bfo17k6pa7IaRUVx2e1L1O35CGAHx7"
    "aaRkF2QQjuECvOvxXJAchegNCYY4gG+r71yRIXFRsI7CjKUQs0ejeietUtYMonc43YNigl0AV8QXEXRzn+DUTQIDAQAB",
    "iO/HgEGnmy6wTttjym50B8r9YLdoeliM+fhtCBJozlo7168ip8n6QqhE1ZcZkPvrQ+SNe1zjC23WZqHWlRHo06+yEJhbBAAfsZcN"
    "beRkx332ksyNzrfiUpK2EDPLg5WusZaCqZL5BDq/Tj2JqMNcaYMBo0+tzODYDTUgff5AWwDxGcSnN/2CGgwoikRZq7DJgxg0mgwb"
    "twAG9BqLXygWxF63MAgCCEQo9ycZq9oBiLm/FkDHh8IQHzOwcFWevtA6a/quthkHRID8MIo87j6JBNNuafbwh63QUYYuPJ8FrICn"
    "rb7VgZjY9ZyOqy5p31QjoDANrKZw4MkVEgiCq0EGXg==",
)
ECDSA = Vector(
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEy+yPK/N9s3titV7e+T5A3vgZe/KOlEeNqcCPdayxZ3mwzT4NaNiHW69MFp6GK8uv"
    "VpaO+j9x5Y3nWwekfBdxBg==",
    "MEYCIQCm7oYDVP+SumCSJzJDx0knULL6oKVFK5KTuDRXV47C0QIhAPMzHKSd5JvCVTOBFJcORwojOpCKecWvtRF+gPgLmzUC",
)
# By the OID of the curve.
GOST: Mapping[str, Vector] = {
    "1.2.643.2.2.35.1": Vector(
        "MGYwHwYIKoUDBwEBAQEwEwYHKoUDAgIjAQYIKoUDBwEBAgIDQwAEQHjwMHza1nDDIKqtI67sH4MVXSEgU0DXue4duEHWOw9UC5L6"
        "FgJcTX241PZgnH2s/wLMCWj0LoyMNBL4l3uld0U=",
        "Ij6uh9aC2/UK/W5MJHlFf4hAbFyNXPS7DDn0Aq9EpgWPiH3wAaAoUm9yxiXVKBXWVpUJxkMpjWxhM4xF5okoXw==",
    ),
    "1.2.643.2.2.35.2": Vector(
        "MGYwHwYIKoUDBwEBAQEwEwYHKoUDAgIjAgYIKoUDBwEBAgIDQwAEQMWdCS0hZwT9L7uP0svPcofGe9Fkrb9X4cN+peB/L1oUQBJB"
        "1PUudPyYyx9VWN7yNUUyKpGmQWe30/wOVQUz0y4=",
        "Z1AGrwkVcw54VggIMFbQHHtOKsjZRPryFt/qE+w6K4FJo4E/6KX3jLRq273QgVAcXNAFuMuQBvKOaeyoACsG2A==",
    ),
    "1.2.643.2.2.35.3": Vector(
        "MGYwHwYIKoUDBwEBAQEwEwYHKoUDAgIjAwYIKoUDBwEBAgIDQwAEQJTKN/hwdUuH4g9/k7S/eoLvbphQmXuYL+zfy1AQayhM/JLp"
        "aSebVb/qdO6i82FSe+CAFmixnC8g4iamBbwnCj4=",
        "TYQoVB0QXgirEV20ImWB6+Zk77UBIZN80zgzpgPxZsJO4C9yctOPKAs825NGNnyYFL/oPJRgDIknMcf6CgCT3g==",
    ),
    "1.2.643.2.2.36.0": Vector(
        "MGYwHwYIKoUDBwEBAQEwEwYHKoUDAgIkAAYIKoUDBwEBAgIDQwAEQPCnD168nmgCIAeFjCcJ1v/PGaGhYfFkcrgbmOly8PmqcxDZ"
        "ipgicYAcj84VHyyU6f5n6L5deVlqIzEb+UiJ/FY=",
        "Zl5kYt4Y/ZNm75U1vXDrJkdHZz+6U9/MRGIMlxUXT8KzsoVfnqrNY3+MOFeBodnjPaj3j2Ww+MTblCHfbsSeqA==",
    ),
    "1.2.643.2.2.36.1": Vector(
        "MGYwHwYIKoUDBwEBAQEwEwYHKoUDAgIkAQYIKoUDBwEBAgIDQwAEQINX919+hmNiQiPSqWmhQFm34ZuaX5+w31w8lSHFfpZo7s23"
        "MF9inLx2DdM+qZ8z24cJlfSeV4DTurszGmaLviM=",
        "ZxNC+pDTfcrt1Pmru1JjstzP0KkHNT0sfTG1nsUDUx5xhhr6iYsXMasd9ofDHgqbQ+hNJCd8LqqUC3JYM2YdgQ==",
    ),
    "1.2.643.7.1.2.1.1.1": Vector(
        "MF4wFwYIKoUDBwEBAQEwCwYJKoUDBwECAQEBA0MABEAT2WyJt3qX19DXdyPb8UQOiVZGRfRp5DMsCkSzlHCfLPSQqJcujXBfh5wm"
        "SQWeWV+yTy+l+HTgLmNzfw3DLCsX",
        "L43t6bbGetjHCJmyNPi6YxoVBb4Qmp4tbscQwOjKJigplT/ZHrUBY1bjLq0C2ERYgjdjnhxsE3ddi69eNhRT3Q==",
    ),
    "1.2.643.7.1.2.1.1.2": Vector(
        "MF4wFwYIKoUDBwEBAQEwCwYJKoUDBwECAQECA0MABEDMQm7YlXD0d55imjFOJCzfyQUMkOSU7dUnJ176TJuYj0qVH3pP95BKHMum"
        "RLcTEtXCCpVbUsD31L5cEEyBhvlC",
        "Y3lNe+5z4akyoMO6GOAOXfKw3obC6daOwfAdfN0DtZWCvNpG9px4Vh+DLm4CMP9qKn4iv4aAC8KSDsbFsHFyKg==",
    ),
    "1.2.643.7.1.2.1.1.3": Vector(
        "MF4wFwYIKoUDBwEBAQEwCwYJKoUDBwECAQEDA0MABEDjoE7bmE7H1zimYbYo1KOGz47W7ORrV3GUURi/WIz4a30BZWf0tTwgNw5S"
        "PIRWQ/seQJ9JFwEb+/A7Pdc+9So2",
        "Ov+ckNdQ+a1FHi4r6hfSqYO0j9J+Gpk3lW2LV6A/duk4hdjfUCq6yPNU2x+lu5JTOKUIPh4zDPklBZcGMgsj3w==",
    ),
    "1.2.643.7.1.2.1.1.4": Vector(
        "MF4wFwYIKoUDBwEBAQEwCwYJKoUDBwECAQEEA0MABED199DXHcnec69ap10ZsLTQUPA9zNuY1m6sSmNn531XeNYxTeVvpD/Ng73R"
        "7UzRNWWNunuEXvyh3af5YPn9UFgm",
        "YX6YyOxYqoyv4PKv/59vtrQLQqDJUO1OSCKvUvHBXJsH070CzYPz6uUB+tdPwsERyqlb9243n9eX9n2HnzjcJg==",
    ),
    "1.2.643.7.1.2.1.2.1": Vector(
        "MIGgMBcGCCqFAwcBAQECMAsGCSqFAwcBAgECAQOBhAAEgYDXGjLasGqpAFyfU43fRtuxD5ZP+gD0J6C5xceZz2WHYv6qnfA2VHr/"
        "iPKS30R+u68hYbj8t2PVoGw7/4YdwW8YahREexykslyDjcyaxga7J28BlpF8KiYH9caBqmHNQTv7rADNrtUV5uaqv5aMvD8NLRLo"
        "1z55e748ktmWn5OBKw==",
        "RGb7SgnRzRbJMYJTmEd8yWLefnumSldf/CasWc1glCqoHRG1RlBi9gnXw4IBfMIN4w3mNnZfsWOrZDaIPFWZs+C6QomHFhRTXu28"
        "ZuzjH+kCbqUpqVcyDlDeXRxjz1d/kNIUts3tQDFvE6qVSfqu0ov1mp0QnGzOZCgRzTWZ7ss=",
    ),
    "1.2.643.7.1.2.1.2.2": Vector(
        "MIGgMBcGCCqFAwcBAQECMAsGCSqFAwcBAgECAgOBhAAEgYDhYlIyPiLpTU2fHXZwTzSgilH92JaS5Al2Dwr4pxoX6tp5nRXLLQtI"
        "zaBDAV4M/QKL0HCs1ztI7XoDfsmQKhlvuAdtH2nnB5LSaJDPyp/1UH4qrSDFFlQfZhErf0jLiTQyzjnfVI9b1bMpqtcF6CUMGuSq"
        "OkvdoihOLVyhZHIuOg==",
        "NAhBctpG9C2ecJipA2e6oUlgEbGnNCS1R1CEw3+5QQcq4wFrtAC+kKWGbN0g5QOxyqz+dfCSEHfbmAXDJP39hhpOSPyykOOOMTmu"
        "/4fxDVqJ2HgQAhG7GDHM1yndNWnzTgPj/oNisEhOY0wtJyZw2RW8NL2m2QNpvUoUoIWrJQQ=",
    ),
    "1.2.643.7.1.2.1.2.3": Vector(
        "MIGgMBcGCCqFAwcBAQECMAsGCSqFAwcBAgECAwOBhAAEgYDjkaDN+M6wa0h40NXGjhoSkr0MHTSRj9h0fAL/TLU1gtfz67l9+EV8"
        "GqkleIPJnzptY/G2P64i7UTwdEKrB1Qdv4fPuLkb26RgJBm3VhfroDPCnGE4jhnIxpaF0Ok0nMXejqb2udJ/blH18ynX7HXW6EO1"
        "okwWk0Spz7LknYKHOg==",
        "ANRppQn9qvU53kxsZk+wcfuUZmMTwe3FOsBYthaUE1F/+yHoYfOnzUOqmM1hvG5F6CcE6N4FwCnQsScszDKhzwItOenZVbWuZSyi"
        "6wt5rBS/Jjxwanh8cZMN1/hLqFDrVqDosLkjomNYIAQQN278wk5N6byV0Kd0hGP1hcKJmyA=",
    ),
}
