{%- set carried = [
    'subscription_id', 'customer_id', 'delivery_number', 'delivered_on', 'due_on', 'lapses_on', 'next_delivered_on',
    'is_locked', 'outcome'
] -%}

with

contracts as (
    select * from {{ ref('int_subscription_steps') }}
),

day_sums as (
    select
        date_basis,
        customer_id,
        delivered_on,
        min(subscription_id) as subscription_id,
        min(delivery_number) as told_number,
        bool_and(is_locked) as is_locked,
        max(due_on) as due_on,
        max(lapses_on) as lapses_on,
        max(case outcome when 'open' then 4 when 'paused' then 3 else 0 end) as alive_rank,
        max(ended_on) as ended_on,
        max_by(outcome, row(ended_on, subscription_id)) filter (where ended_on is not null) as end_outcome
    from contracts
    where customer_id is not null
    group by date_basis, customer_id, delivered_on
),

running as (
    select
        date_basis,
        customer_id,
        delivered_on,
        min_by(subscription_id, delivered_on) over life as subscription_id,
        row_number() over so_far + min_by(told_number, delivered_on) over life - 1 as delivery_number,
        lead(delivered_on) over story as next_delivered_on,
        is_locked,
        max(due_on) over so_far as due_on,
        max(lapses_on) over so_far as lapses_on,
        max(alive_rank) over life as alive_rank,
        max(ended_on) over life as last_ended_on,
        max_by(end_outcome, row(ended_on, delivered_on)) over life as last_outcome
    from day_sums
    window
        life as (partition by date_basis, customer_id),
        story as (partition by date_basis, customer_id order by delivered_on),
        so_far as (partition by date_basis, customer_id order by delivered_on rows unbounded preceding)
),

customers as (
    select
        *,
        case
            when next_delivered_on is not null then 'continued'
            when alive_rank = 4 then 'open'
            when alive_rank = 3 then 'paused'
            else last_outcome
        end as outcome,
        case when next_delivered_on is null and alive_rank = 0 then last_ended_on end as ended_on
    from running
),

together as (
    {% for grain in ['contract', 'customer'] -%}
    select
        date_basis,
        '{{ grain }}' as grain,
        {{ {'contract': 'subscription_id', 'customer': 'customer_id'}[grain] }} as subject_id,
        {%- for column in carried %}
        {{ column }},
        {%- endfor %}
        ended_on,
        outcome not in ('open', 'paused') and lapses_on < {{ as_of() }} as is_observed
    from {{ grain }}s
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select * from together
