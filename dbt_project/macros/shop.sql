{#- A CSV file in JOREN_SHOP/seeds goes before our seed of that name: the whole table is the shop's. It has the columns of
    our seed, in any order; a blank cell is no value. Called after dbt has filled `seed` with ours; the seed's own data
    tests then judge the shop's rows. A cell that does not fit ends the build and is named by file, row and column. -#}
{% macro take_the_shops_rows(seed) %}
    {% if execute and env_var('JOREN_SHOP', '') %}
    {% set file = seed_of_the_shop(seed.identifier) %}
    {% if run_query('select file from glob(' ~ file ~ ')') | length %}
    {% set told = "read_csv(" ~ file ~ ", header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"', nullstr = '')" %}
    {% set columns = adapter.get_columns_in_relation(seed) %}
    {% do expect_columns(file, columns | map(attribute='name') | list, run_query('describe from ' ~ told).columns[0].values()) %}
    create or replace table {{ seed }} as
    select
        {%- for column in columns %}
        case
            when try_cast({{ column.name }} as {{ column.dtype }}) is null and {{ column.name }} is not null
                then {{ raise_error(file ~ " || ' row ' || row_number || ': " ~ column.name ~ " is no " ~ column.dtype | lower ~ ": ' || " ~ column.name) }}
            else try_cast({{ column.name }} as {{ column.dtype }})
        end as {{ column.name }}{{ '' if loop.last else ',' }}
        {%- endfor %}
    from (select *, row_number() over () as row_number from {{ told }})
    {% endif %}
    {% endif %}
{% endmacro %}

{#- The shop's file for a seed, as SQL text. -#}
{% macro seed_of_the_shop(name) -%}
    '{{ (env_var('JOREN_SHOP') ~ '/seeds/' ~ name ~ '.csv') | replace("'", "''") }}'
{%- endmacro %}

{#- Ends the build when a file of the shop has not the columns of our seed. -#}
{% macro expect_columns(file, expected, found) %}
    {% if found | sort != expected | sort %}
        {{ exceptions.raise_compiler_error(
            file ~ ' has the columns ' ~ found | join(', ') ~ '; expected ' ~ expected | join(', ')
            ~ '. Give it these columns: copy our seed of that name and change its rows.'
        ) }}
    {% endif %}
{% endmacro %}

{#- Ends the build when the shop has a file that goes before no seed: its name is misspelt. -#}
{% macro expect_seeds() %}
    {% if execute and env_var('JOREN_SHOP', '') %}
    {% set known = graph.nodes.values() | selectattr('resource_type', 'equalto', 'seed') | map(attribute='name') | sort %}
    {% for row in run_query('select file from glob(' ~ seed_of_the_shop('*') ~ ')').rows %}
        {% set name = row['file'].replace('\\', '/').split('/')[-1][:-4] %}
        {% if name not in known %}
            {{ exceptions.raise_compiler_error(
                row['file'] ~ ' goes before no seed of ours; these there are: ' ~ known | join(', ') ~ '. Rename or remove it.'
            ) }}
        {% endif %}
    {% endfor %}
    {% endif %}
{% endmacro %}
