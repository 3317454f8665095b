{#- Every code stands in the seed; a missing one is named together with the label that the source gives it:
    counting the failures raises them. -#}
{% test is_mapped(model, column_name, seed, label) %}
{{ config(fail_calc='count(' ~ raise_error('missing') ~ ')') }}

with

codes as (
    select distinct
        coalesce({{ column_name }}, 'blank') as code,
        coalesce({{ label }}, '') as label
    from {{ model }}
)

select '{{ seed }} has no ' || code || ' ' || label as missing
from codes
where code not in (select {{ column_name }} from {{ ref(seed) }})
{% endtest %}
