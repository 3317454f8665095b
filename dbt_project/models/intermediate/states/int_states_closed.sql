with

passed_within_a_month as (
    select
        scope,
        scheme,
        customer_id,
        last_day(valid_from) as closed_on,
        min_by(coalesce(state_before, 'unknown'), valid_from) as state_before
    from {{ ref('fct_customer_states') }}
    where valid_to <= last_day(valid_from)
    group by scope, scheme, customer_id, last_day(valid_from)
),

closed as (
    select
        spans.scope,
        spans.scheme,
        spans.customer_id,
        spans.state,
        coalesce(passed_within_a_month.state_before, spans.state_before, 'unknown') as state_at_last_close,
        {{ month_of('spans.valid_from') }} as months_from,
        least({{ month_of('spans.valid_to') }}, {{ month_of(as_of()) }}) as months_to
    from {{ ref('fct_customer_states') }} as spans
    left join passed_within_a_month
        on
            spans.scope = passed_within_a_month.scope
            and spans.scheme = passed_within_a_month.scheme
            and spans.customer_id = passed_within_a_month.customer_id
            and last_day(spans.valid_from) = passed_within_a_month.closed_on
    where last_day(spans.valid_from) < spans.valid_to and last_day(spans.valid_from) < {{ as_of() }}
)

select * from closed
