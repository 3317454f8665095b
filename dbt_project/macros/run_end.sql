{#- What did not pass, as a table for whoever tells of the night. -#}
{% macro keep_doubts(results) %}
    {% if execute %}
    create or replace table raw.doubts as
    select
        cast(null as varchar) as name,
        cast(null as varchar) as status,
        cast(null as varchar) as message
    where false
    {%- for result in results if result.status in ['warn', 'fail', 'error'] %}
    union all
    select
        '{{ result.node.name }}',
        '{{ result.status }}',
        '{{ (result.message or '') | replace("'", "''") }}'
    {%- endfor %}
    {% endif %}
{% endmacro %}

{#- An empty write-ahead log is one that a crash cannot damage. -#}
{% macro checkpoint() %} checkpoint {% endmacro %}
