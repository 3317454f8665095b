{#- Every cell has a meaning in the feed's YAML; what has none is named by feed and by the cells that were looked at:
    counting the failures raises it. -#}
{% test is_mapped(model, column_name, cells, where_to_add) %}
{{ config(fail_calc='count(' ~ raise_error('missing') ~ ')') }}

with

found as (
    select distinct
        feed,
        {{ cells | join(', ') }}
    from {{ model }}
    where {{ column_name }} = 'unmapped'
)

select
    concat(
        feed, ' has rows that mean nothing to us: '
        {%- for cell in cells %}, '{{ cell }} ', coalesce(cast({{ cell }} as varchar), '(blank)'), ', '{% endfor %},
        'add it to {{ where_to_add }} in the YAML of the feed'
    ) as missing
from found
{% endtest %}
