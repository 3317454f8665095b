with

spans as (
    select
        *,
        last_day(valid_from) as closed_on
    from {{ ref('fct_customer_states') }}
),

closed as (
    select
        scope,
        scheme,
        customer_id,
        state,
        lag(state, 1, 'unknown') over (
            partition by scope, scheme, customer_id order by valid_from
        ) as state_at_last_close,
        {{ month_of('valid_from') }} as months_from,
        least({{ month_of('valid_to') }}, {{ month_of(as_of()) }}) as months_to
    from spans
    where closed_on < valid_to and closed_on < {{ as_of() }}
)

select * from closed
