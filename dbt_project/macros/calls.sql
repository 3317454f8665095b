{#- 1 for Monday to 7 for Sunday -#}
{% macro weekday_of(day) -%} cast(extract(isodow from {{ day }}) as integer) {%- endmacro %}

{#- 0 to 99, drawn from names alone as mail_jobs draws its arms (a test compares): below holdout_percent is held out. -#}
{% macro drawn_percent(salt, scenario, occurrence) -%}
    cast(cast('0x' || left(sha256(concat({{ salt }}, '|', {{ scenario }}, '|', {{ occurrence }})), 16) as ubigint) % 100 as integer)
{%- endmacro %}

{#- The middle of some numbers, to one place: half way between the two in the middle of an even count. -#}
{% macro median_of(column) -%} cast(median({{ column }}) as decimal(9, 1)) {%- endmacro %}

{#- Texts of a group as one, in an order that ends in a unique key. -#}
{% macro joined_texts(text, separator, in_order) -%} string_agg({{ text }}, '{{ separator }}' order by {{ in_order }}) {%- endmacro %}
