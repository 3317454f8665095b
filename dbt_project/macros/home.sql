{#- A path below JOREN_HOME as SQL text; the home is needed to run, not to parse. -#}
{% macro in_home(path) -%}
    '{{ ((env_var('JOREN_HOME') if execute else '') ~ '/' ~ path) | replace("'", "''") }}'
{%- endmacro %}

{#- A view in schema raw for each declared source, over all that has landed, or over what had landed
    before the day `known_by`. -#}
{% macro make_raw_views() %}
    create schema if not exists raw;
    {% for source in (graph.sources.values() if execute) %}
    create or replace view {{ source.schema }}.{{ source.identifier }} as
    select * from read_parquet({{ in_home('raw/' ~ source.identifier ~ '/*.parquet') }}, union_by_name = true)
    {% if var('known_by', none) -%}
    where _landed_at < {{ utc_from_tokyo("timestamp '" ~ var('known_by') ~ "'") }}
    {%- endif %};
    {% endfor %}
{% endmacro %}

{#- An empty write-ahead log is one that a crash cannot damage. -#}
{% macro checkpoint() %} checkpoint {% endmacro %}

{#- The key is read while the query runs: it never stands in SQL text or in target/. -#}
{% macro customer_key() -%}
    (select trim(content, ' ' || chr(10) || chr(13)) from read_text({{ in_home('ledger/customer.key') }}))
{%- endmacro %}

{#- Ends the query with a message; the message may quote data. -#}
{% macro raise_error(message) -%} error({{ message }}) {%- endmacro %}
