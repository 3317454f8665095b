{#- Every code is one of `values`; another one is named: counting the failures raises it. A blank is another one too,
    unless the test's `where` leaves blanks out. -#}
{% test is_one_of(model, column_name, values) %}
{{ config(fail_calc='count(' ~ raise_error('unknown') ~ ')') }}

with

codes as (
    select distinct coalesce({{ column_name }}, 'blank') as code
    from {{ model }}
)

select '{{ column_name }} is ' || code || ', expected {{ values | join(", ") }}' as unknown
from codes
where code not in ('{{ values | join("', '") }}')
{% endtest %}
