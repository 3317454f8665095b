{#- No two rows agree in the column, or in all of `columns`, and none of these is blank. -#}
{% test is_key(model, column_name=none, columns=none) %}
{% set key = columns or [column_name] %}
select {{ key | join(', ') }}
from {{ model }}
group by {{ key | join(', ') }}
having count(*) > 1 or {{ key | join(' is null or ') }} is null
{% endtest %}
