with

calls as (
    select * from {{ ref('int_calls_ranked') }}
    where arm = 'treat'
),

contacts as (
    select * from {{ ref('customer_contacts') }}
),

call_list as (
    select
        calls.call_on,
        calls.operator_no,
        calls.rank,
        calls.customer_id,
        contacts.phone,
        contacts.family_name,
        contacts.given_name,
        contacts.family_kana,
        contacts.given_kana,
        contacts.prefecture,
        calls.purchase_days,
        calls.days_since,
        calls.last_purchased_on,
        calls.m_yen,
        calls.median_gap_days,
        calls.gaps_since
    from calls
    inner join contacts on calls.customer_id = contacts.customer_id
)

select * from call_list
