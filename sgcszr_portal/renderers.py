"""How forms are drawn: one template for a field, one for a whole form."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Renders `{{ form }}` and `{{ field.as_field_group }}` in the portal's design."""

    form_template_name = "forms/_form.html"
    field_template_name = "forms/_field.html"
