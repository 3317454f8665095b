{#- In each life the spans follow each other with no gap and no overlap; exactly the last one is open. -#}
{% test spans_tile(model, life, valid_from, valid_to, last_to=none) %}
with

followed as (
    select
        *,
        lead({{ valid_from }}, 1, {{ last_to or open_end() }}) over (
            partition by {{ life | join(', ') }}
            order by {{ valid_from }}, {{ valid_to }}
        ) as followed_on
    from {{ model }}
)

select * from followed
where {{ valid_to }} != followed_on or {{ valid_from }} >= {{ valid_to }}
{% endtest %}
