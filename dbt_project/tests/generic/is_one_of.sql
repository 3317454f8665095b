{#- Every code is one of `values`; another one is named: counting the failures raises it. A blank is another one too,
    unless the test's `where` leaves blanks out. What is no code may be what somebody wrote: only its length is told. -#}
{% test is_one_of(model, column_name, values) %}
{{ config(fail_calc='count(' ~ raise_error('unknown') ~ ')') }}

with

codes as (
    select distinct coalesce({{ column_name }}, 'blank') as code
    from {{ model }}
)

select
    '{{ column_name }} is '
    || case when {{ fits('code', '[A-Za-z0-9_-]{1,30}') }} then code else 'a text of ' || length(code) || ' letters' end
    || ', expected {{ values | join(", ") }}' as unknown
from codes
where code not in ('{{ values | join("', '") }}')
{% endtest %}
