{#- No two rows agree in all of `columns`; a blank agrees with a blank. -#}
{% test is_distinct(model, columns) %}
select {{ columns | join(', ') }}
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1
{% endtest %}
