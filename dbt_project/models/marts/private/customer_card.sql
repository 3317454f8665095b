with

contacts as (
    select * from {{ ref('customer_contacts') }}
),

standings as (
    select * from {{ ref('int_customers_standing') }}
    where scope = 'all'
),

measured as (
    select * from {{ ref('int_customers_measured') }}
),

paces as (
    select * from {{ ref('int_purchase_paces_measured') }}
),

relations as (
    select * from {{ ref('int_relations_worded') }}
),

permissions as (
    select * from {{ ref('int_permissions_worded') }}
),

orders as (
    select * from {{ ref('int_orders_worded') }}
),

families as (
    select * from {{ ref('int_families_worded') }}
),

cards as (
    select
        contacts.customer_id,
        contacts.has_left,
        contacts.mail,
        contacts.family_name,
        contacts.given_name,
        contacts.family_kana,
        contacts.given_kana,
        contacts.postcode,
        contacts.prefecture,
        contacts.address1,
        contacts.address2,
        contacts.phone,
        contacts.birthday,
        relations.states,
        standings.days_since,
        measured.purchase_days,
        measured.orders,
        measured.first_purchased_on,
        measured.last_purchased_on,
        coalesce(standings.m_yen, 0) as m_yen,
        paces.median_gap_days,
        orders.last_orders,
        families.families,
        families.next_family,
        relations.subscriptions,
        relations.points,
        relations.points_expire_on,
        permissions.may_be_mailed,
        permissions.not_called_because,
        permissions.last_contact_on,
        permissions.last_contact,
        permissions.call_again_on
    from contacts
    inner join measured on contacts.customer_id = measured.customer_id
    left join relations on contacts.customer_id = relations.customer_id
    left join permissions on contacts.customer_id = permissions.customer_id
    left join standings on contacts.customer_id = standings.customer_id
    left join paces on contacts.customer_id = paces.customer_id
    left join orders on contacts.customer_id = orders.customer_id
    left join families on contacts.customer_id = families.customer_id
)

select * from cards
