{#- A path below JOREN_HOME as SQL text; the home is needed to run, not to parse. -#}
{% macro in_home(path) -%}
    '{{ ((env_var('JOREN_HOME') if execute else '') ~ '/' ~ path) | replace("'", "''") }}'
{%- endmacro %}

{#- A view in schema raw for each declared source: the catalogue of feeds as it is, and for a kind of rows all that
    its feeds have landed, whatever else they map; known_by leaves out files that came later. -#}
{% macro make_raw_views() %}
    {% if execute %}
    {% set feeds = feeds_with_files() %}
    create schema if not exists raw;
    {% for source in graph.sources.values() if source.source_name == 'raw' %}
    {% set of_catalogue = source.identifier not in kinds_of_rows() %}
    create or replace view {{ source.schema }}.{{ source.identifier }} as
    select * from read_parquet([
        {{ in_home('raw/_catalogue/' ~ ('' if of_catalogue else 'contract_') ~ source.identifier ~ '.parquet') }}
        {%- for feed in feeds.get(source.identifier, []) if not of_catalogue -%}
        , {{ in_home('raw/' ~ feed ~ '/[0-9a-f]*.parquet') }}
        {%- endfor %}
    ], union_by_name = true)
    {{ known(source.identifier, of_catalogue) }};
    {% endfor %}
    {% endif %}
{% endmacro %}

{#- The kinds of rows that feeds bring, each a source of its own. -#}
{% macro kinds_of_rows() -%}
    {{ return([
        'orders', 'customers', 'shipments', 'products', 'refunds', 'consents', 'media_costs', 'order_media', 'action_costs',
        'subscriptions', 'subscription_changes', 'points', 'customer_attributes', 'contacts', 'stops', 'provider_events',
        'repeat_purchases'
    ]) }}
{%- endmacro %}

{#- Rows and files that had landed before the day `known_by`; feeds and their rules are what they are today. -#}
{% macro known(source, of_catalogue) -%}
    {%- if var('known_by', none) and (source == 'files' or not of_catalogue) -%}
    where {{ 'landed_at' if of_catalogue else '_landed_at' }}
        < {{ utc_from_tokyo("timestamp '" ~ var('known_by') ~ "'") }}
    {%- endif -%}
{%- endmacro %}

{#- Names of the feeds of each kind, those alone that have a file: a pattern without any is an error. -#}
{% macro feeds_with_files() %}
    {% set catalogue = in_home('raw/_catalogue/feeds.parquet') %}
    {% if run_query('select file from glob(' ~ catalogue ~ ')') | length == 0 %}
        {{ exceptions.raise_compiler_error(
            catalogue ~ ' is missing: nothing has been landed here. '
            ~ 'Run `python -m orchestration.landing land`, then dbt again.'
        ) }}
    {% endif %}
    {% set found = run_query(
        'select kind, feed from read_parquet(' ~ catalogue ~ ') where feed in ('
        ~ "select split_part(file, '/', -2) from glob(" ~ in_home('raw/*/[0-9a-f]*.parquet') ~ ')) order by kind, feed'
    ) %}
    {% set feeds = {} %}
    {% for row in found.rows %}
        {% do feeds.setdefault(row['kind'], []).append(row['feed']) %}
    {% endfor %}
    {{ return(feeds) }}
{% endmacro %}

{#- The key is read while the query runs: it never stands in SQL text or in target/. -#}
{% macro customer_key() -%}
    (select trim(content, ' ' || chr(10) || chr(13)) from read_text({{ in_home('ledger/customer.key') }}))
{%- endmacro %}

{#- Ends the query with a message; the message may quote data. -#}
{% macro raise_error(message) -%} error({{ message }}) {%- endmacro %}
