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

{#- A row that the last build did not know: its file came since, or its day has passed since. -#}
{% macro is_news(file, day) -%}
    (
        {{ file }} not in (select basis.file_sha256 from {{ basis() }} as basis)
        or {{ day }} >= (select max(basis.as_of) from {{ basis() }} as basis)
    )
{%- endmacro %}

{#- Pre-hook of an incremental model: the rows that this build makes anew go first, in the same transaction. -#}
{% macro forget(scope) -%}
    {% if is_incremental() %}
    delete from {{ this }} where person_key in (select person_key from {{ ref(scope) }})
    {% else %}
    select 1
    {% endif %}
{%- endmacro %}

{#- Condition for what such a model reads: everything, or in an increment what model `scope` names. The model says
    `-- depends_on` of it: while dbt parses there is no increment. -#}
{% macro in_scope(column, scope) -%}
    {% if in_increment() %}{{ column }} in (select person_key from {{ ref(scope) }}){% else %}true{% endif %}
{%- endmacro %}

{#- A table of this warehouse as the last build left it, read before this build comes to it: what it holds is compared
    with what is so now. No ref(): the model itself reads what is found here. -#}
{% macro as_last_built(name) -%}
    {{ adapter.get_relation(this.database, this.schema, name) if execute else name }}
{%- endmacro %}
