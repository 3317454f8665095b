{#- Rows of a seed cover all numbers from 0 on: each begins where the one before ends, and the last is open. -#}
{% test spans_tile_from_zero(model, span_from, span_to) %}
with

followed as (
    select
        {{ span_from }} as span_from,
        {{ span_to }} as span_to,
        lag({{ span_to }}, 1, 0) over (order by {{ span_from }}) as should_begin_at,
        lead({{ span_from }}) over (order by {{ span_from }}) as should_end_at
    from {{ model }}
)

select * from followed
where span_from is distinct from should_begin_at or span_to is distinct from should_end_at
{% endtest %}
