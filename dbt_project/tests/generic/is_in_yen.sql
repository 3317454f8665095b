{#- Nothing is counted in another currency than yen; one that is there is named together with its feed. -#}
{% test is_in_yen(model, column_name) %}
{{ config(fail_calc='count(' ~ raise_error('missing') ~ ')') }}

with

found as (
    select distinct
        feed,
        {{ column_name }} as currency
    from {{ model }}
    where {{ column_name }} != 'JPY'
)

select concat(feed, ' has orders in ', currency, ': export shop money, or quarantine them at the door') as missing
from found
{% endtest %}
