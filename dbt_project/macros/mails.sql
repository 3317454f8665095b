{#- Width, case and blanks do not make another mail address; old ones of carriers (a..b.@docomo.ne.jp) stay as they are. -#}
{% macro normalised_mail(column) -%}
    {%- set blanks = '　\u00a0\u0009\u000a\u000d' -%}
    {%- set unseen = '\u200b\u200c\u200d\u200e\u200f\u2060\ufeff' -%}
    {%- set wide = wide_signs() ~ '０１２３４５６７８９－' ~ blanks ~ unseen -%}
    {%- set ascii = ascii_signs() ~ '0123456789-' ~ ' ' * 5 -%}
    nullif(lower(trim({{ translated(column, column, '！-～' ~ blanks ~ unseen, wide, ascii) }})), '')
{%- endmacro %}

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
