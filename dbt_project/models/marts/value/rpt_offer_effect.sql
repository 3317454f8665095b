with

strata as (
    select * from {{ ref('int_offers_stratified') }}
),

-- Mantel and Haenszel's difference of risks with Sato's variance (1989), which holds for many small strata.
weighed as (
    select
        *,
        n1 > 0 and n0 > 0 as is_matched,
        n1 * n0 / (n1 + n0) as weight,
        (r1 * n0 - r0 * n1) / (n1 + n0) as weighted_difference,
        (n1 * n1 * r0 - n0 * n0 * r1 + n1 * n0 * (n0 - n1) / 2) / ((n1 + n0) * (n1 + n0)) as p,
        (r1 * (n0 - r0) + r0 * (n1 - r1)) / (2 * (n1 + n0)) as q
    from strata
),

summed as (
    select
        offer,
        window_days,
        cast(sum(n1) as bigint) as customers_with,
        cast(sum(n0) as bigint) as customers_without,
        round(sum(r1) / nullif(sum(n1), 0), 6) as f2_rate_with,
        round(sum(r0) / nullif(sum(n0), 0), 6) as f2_rate_without,
        cast(coalesce(sum(n1) filter (where is_matched), 0) as bigint) as matched_with,
        cast(coalesce(sum(n0) filter (where is_matched), 0) as bigint) as matched_without,
        sum({{ exact('weighted_difference') }}) filter (where is_matched)
        / nullif(sum({{ exact('weight') }}) filter (where is_matched), 0) as difference,
        sum({{ exact('p') }}) filter (where is_matched) as p,
        sum({{ exact('q') }}) filter (where is_matched) as q,
        nullif(sum({{ exact('weight') }}) filter (where is_matched), 0) as weight
    from weighed
    group by offer, window_days
),

rated as (
    select
        offer,
        window_days,
        'observation' as evidence,
        customers_with,
        customers_without,
        f2_rate_with,
        f2_rate_without,
        matched_with,
        matched_without,
        round(difference, 6) as matched_difference,
        round(difference - 1.96 * sqrt(greatest(difference * p + q, 0)) / weight, 6) as difference_from,
        round(difference + 1.96 * sqrt(greatest(difference * p + q, 0)) / weight, 6) as difference_to
    from summed
),

read as (
    select
        *,
        case
            when least(matched_with, matched_without) < 30 then 'cannot_tell'
            when difference_from > 0 then 'more_with'
            when difference_to < 0 then 'fewer_with'
            else 'cannot_tell'
        end as reading
    from rated
)

select * from read
