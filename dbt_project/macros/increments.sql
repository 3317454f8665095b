{#- Builds that add what is new to what stands. JOREN_BASIS names a Parquet file of what the last passed build stood on:
    one row per file of rows (file_sha256), each with that build's day (as_of). Without it all is built anew, whoever
    asks, so that nothing is ever added to tables of which nobody knows what they stand on. -#}
{% macro should_full_refresh() -%}
    {{ return(flags.FULL_REFRESH or not env_var('JOREN_BASIS', '')) }}
{%- endmacro %}

{#- True while this build adds to the last one; for models that are not incremental themselves, too. -#}
{% macro in_increment() -%}
    {{ return(execute and not should_full_refresh()) }}
{%- endmacro %}

{% macro basis() -%} read_parquet('{{ env_var('JOREN_BASIS', '') | replace("'", "''") }}') {%- endmacro %}

{#- The day that the last passed build was for. -#}
{% macro last_as_of() -%}
    date '{{ run_query('select max(as_of) as as_of from ' ~ basis()).rows[0]['as_of'] }}'
{%- endmacro %}

{#- A row that the last build did not know: its file came since, or its day has passed since. Nothing is news to a build of
    everything. -#}
{% macro is_news(file, day) -%} ({{ news_of(file, day) | join(' or ') }}) {%- endmacro %}

{#- The same as conditions of which no row meets two. A model of much history reads once for each: so the database looks at
    a file's name or a day alone, and at other columns only where there is news. -#}
{% macro news_of(file, day) -%}
    {% if not in_increment() %}{{ return(['false']) }}{% endif %}
    {% set come = file ~ ' in (' ~ new_files() ~ ')' %}
    {{ return([come, '(not ' ~ come ~ ' and ' ~ day ~ ' >= ' ~ last_as_of() ~ ')']) }}
{%- endmacro %}

{#- The names of the files of rows that have come since the last build; the first is none. -#}
{% macro new_files() -%}
    {% set found = run_query(
        "select distinct replace(split_part(file, '/', -1), '.parquet', '') as name from glob("
        ~ in_home('raw/[!_.]*/[0-9a-f]*.parquet') ~ ') where name not in (select basis.file_sha256 from ' ~ basis()
        ~ ' as basis) order by name'
    ) -%}
    'none' {%- for name in found.columns['name'].values() -%} , '{{ name }}' {%- endfor -%}
{%- endmacro %}

{#- Pre-hook of an incremental model: the rows that this build makes anew go first, in the same transaction. -#}
{% macro forget(scope, key='person_key') -%}
    {% if is_incremental() %}
    delete from {{ this }} where {{ key }} in (select {{ key }} from {{ ref(scope) }})
    {% else %}
    select 1
    {% endif %}
{%- endmacro %}

{#- Condition for what such a model reads: everything, or in an increment what model `scope` names. While dbt parses, too,
    so that it knows what the model depends on. -#}
{% macro in_scope(column, scope, key='person_key') -%}
    {% if in_increment() or not execute %}{{ column }} in (select {{ key }} from {{ ref(scope) }}){% else %}true{% endif %}
{%- endmacro %}

{#- A table of this warehouse as the last build left it, read before this build comes to it: what it holds is compared
    with what is so now. No ref(): the model itself reads what is found here. -#}
{% macro as_last_built(name) -%}
    {{ adapter.get_relation(this.database, this.schema, name) if execute else name }}
{%- endmacro %}
