{#- Whether mails really leave (JOREN_CARRIER=sendgrid); read only while running, as the day is. With an outbox a test's
    person at example.com may be written to. -#}
{% macro is_carrier_real() -%}
    {{ 'true' if execute and env_var('JOREN_CARRIER', '') == 'sendgrid' else 'false' }}
{%- endmacro %}

{#- What a cart prints of consent to mail: true, false, or nothing where the cell is blank. Shopify's PENDING is a
    double opt-in that nobody confirmed, and a word that we do not know is no yes. -#}
{% macro consent_of(column) -%}
    lower({{ filled(width_of(column)) }}) in ('1', 'true', 't', 'yes', 'y', 'on', 'subscribed', 'はい', '希望する', '受け取る', '有')
{%- endmacro %}
