{#- One row per whole number from one to another, both included; none if the other is less. -#}
{% macro numbers_from_to(start, finish) -%} unnest(generate_series({{ start }}, {{ finish }})) {%- endmacro %}

{#- How many whole buckets of `size` lie below a number; for days since. -#}
{% macro bucket_of(number, size) -%} cast(floor({{ number }} / {{ size }}) as bigint) {%- endmacro %}

{#- A fraction to twelve places, so that a sum of many does not depend on their order. -#}
{% macro exact(fraction) -%} cast({{ fraction }} as decimal(38, 12)) {%- endmacro %}
