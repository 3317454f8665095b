{#- The only "today": the day that the tables are for. They know the facts of the days before it. The job gives it as
    JOREN_AS_OF, which is read only while running: another `--vars` would have dbt parse everything anew. -#}
{% macro as_of() -%}
    {%- set day = var('as_of', none) or (env_var('JOREN_AS_OF', '') if execute) -%}
    {%- if execute and not day -%}
        {{ exceptions.raise_compiler_error("as_of is not given. Name the day: --vars '{as_of: 1997-01-20}'") }}
    {%- endif -%}
    date '{{ day }}'
{%- endmacro %}

{#- The day that stands for "until further notice". -#}
{% macro open_end() -%} date '9999-12-31' {%- endmacro %}

{#- Asia/Tokyo has been nine hours ahead of UTC, without summer time, since 1952. -#}
{% macro utc_from_tokyo(timestamp) -%} ({{ timestamp }} - interval '9' hour) {%- endmacro %}

{% macro tokyo_day(timestamp) -%} cast({{ timestamp }} + interval '9' hour as date) {%- endmacro %}

{% macro days_after(day, days) -%} ({{ day }} + cast({{ days }} as integer)) {%- endmacro %}

{#- The day some years later; 29 February becomes 28 February. -#}
{% macro years_after(day, years) -%} cast({{ day }} + interval '{{ years }}' year as date) {%- endmacro %}

{% macro months_after(day, months) -%} cast({{ day }} + interval '{{ months }}' month as date) {%- endmacro %}

{% macro days_between(start, finish) -%} date_diff('day', {{ start }}, {{ finish }}) {%- endmacro %}

{% macro months_between(start, finish) -%} date_diff('month', {{ start }}, {{ finish }}) {%- endmacro %}

{% macro month_of(day) -%} cast(date_trunc('month', {{ day }}) as date) {%- endmacro %}

{% macro year_of(day) -%} cast(extract(year from {{ day }}) as integer) {%- endmacro %}

{#- 1 to 12 -#}
{% macro month_number_of(day) -%} cast(extract(month from {{ day }}) as integer) {%- endmacro %}

{#- One row (month_on) per month from the month of one day to that of another. -#}
{% macro months_from_to(start, finish) -%}
    unnest(generate_series({{ month_of(start) }}, {{ month_of(finish) }}, interval '1' month))
{%- endmacro %}

{#- One row per day from one to another. -#}
{% macro days_from_to(start, finish) -%}
    unnest(generate_series({{ start }}, {{ finish }}, interval '1' day))
{%- endmacro %}

{#- 1997-01 -#}
{% macro month_name(day) -%} left(cast({{ day }} as varchar), 7) {%- endmacro %}

{#- The day before all others: what has no beginning begins on it. -#}
{% macro first_day() -%} date '1900-01-01' {%- endmacro %}
