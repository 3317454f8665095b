{#- The bands of an axis are numbered from 1 on in the order of their limits, touch, and leave nothing out at the top. -#}
{% test bands_tile(model) %}
with

followed as (
    select
        *,
        row_number() over bands as expected_band,
        lead(band_from) over bands as followed_at
    from {{ model }}
    window bands as (partition by scheme, version, axis order by band_from asc nulls first)
)

select * from followed
where band != expected_band or band_to is distinct from followed_at
{% endtest %}
