{% macro hash_of(text) -%} sha256({{ text }}) {%- endmacro %}

{#- Nobody without the key can tell which person stands behind the hash; 128 bits of it. -#}
{% macro keyed_hash(text) -%}
    left(sha256({{ customer_key() }} || sha256({{ customer_key() }} || {{ text }})), 32)
{%- endmacro %}

{#- The pattern fits the whole text, from its first to its last character. -#}
{% macro fits(column, pattern) -%} regexp_full_match({{ column }}, '{{ pattern }}') {%- endmacro %}

{#- The pattern fits somewhere in the text. -#}
{% macro holds(column, pattern) -%} regexp_matches({{ column }}, '{{ pattern }}') {%- endmacro %}

{#- One of the letters of a class is in the text: '０-９－'. -#}
{% macro has_any(column, class) -%} {{ holds(column, '[' ~ class ~ ']') }} {%- endmacro %}

{#- Every place that the pattern fits, by what `by` says of it: \1 is the pattern's first group. -#}
{% macro replaced(text, pattern, by) -%} regexp_replace({{ text }}, '{{ pattern }}', '{{ by }}', 'g') {%- endmacro %}

{#- What stands where the pattern fits first; an empty text where it fits nowhere. -#}
{% macro extracted(text, pattern) -%} regexp_extract({{ text }}, '{{ pattern }}') {%- endmacro %}

{#- ASCII without blanks, controls, quotes and , : ; ( ) [ ] < > \ ; one @; a domain with a dot. Dots may stand
    anywhere before the @: carriers once gave out a..b.@docomo.ne.jp. No =?, which begins an encoded word. -#}
{% macro is_mail_address(column) -%}
    {%- set local_part = '[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]+' -%}
    {%- set label = '[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?' -%}
    {%- set last_label = '[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])' -%}
    coalesce(
        {{ fits(column, local_part ~ '@(' ~ label ~ '[.])+' ~ last_label) }} and position('=?' in {{ column }}) = 0, false
    )
{%- endmacro %}

{#- What carriers once gave out and SendGrid refuses: a dot at either end of what stands before the @, or two in a row. -#}
{% macro has_odd_dots(column) -%}
    coalesce(regexp_matches(split_part({{ column }}, '@', 1), '^[.]|[.]$|[.][.]'), false)
{%- endmacro %}

{#- In the domain or below it; a star in the domain stands for anything. -#}
{% macro is_mail_in(column, domain) -%}
    ('.' || split_part({{ column }}, '@', 2)) like ('%.' || replace({{ domain }}, '*', '%'))
{%- endmacro %}

{% macro list_of(column) -%} array_agg({{ column }} order by {{ column }}) {%- endmacro %}

{#- What an erased mail address is known by: nobody without the key can tell it from another. -#}
{% macro mail_hash_of(column) -%} {{ keyed_hash("'mail:' || " ~ column) }} {%- endmacro %}
