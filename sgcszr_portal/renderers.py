"""How forms are drawn, and what becomes of what is typed: one template for a field, one for a whole form."""

from django.forms.renderers import TemplatesSetting

from russian.forms import TypedField


class PortalFormRenderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` in the portal's design; fields give plain text."""

    form_template_name = "forms/_form.html"
    field_template_name = "forms/_field.html"
    bound_field_class = TypedField
