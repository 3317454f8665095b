with

regrouped as (
    select * from {{ ref('int_persons_regrouped') }}
),

person_keys as (
    select * from {{ ref('int_customers_clustered') }}
),

consents as (
    select * from {{ ref('int_consents_touched') }}
),

stops as (
    select * from {{ ref('stg_joren__stops') }}
    where
        {{ is_news('file_sha256', 'valid_from') }}
        or ({{ is_news('file_sha256', 'valid_to') }} and valid_to <= {{ as_of() }})
),

persons as (
    select person_key from consents
    union
    select person_key from stops
),

mails as ( -- noqa: ST03
    select mail from {{ ref('int_mails_touched') }}
    union
    select mail from consents
    union
    select mail from stops
),

touched as (
    -- a customer is called by one of his keys: these are all that any of them is or was called by
    select {{ keyed_hash('person_key') }} as customer_id from regrouped
    union
    select person_keys.customer_id
    from person_keys
    inner join persons on person_keys.person_key = persons.person_key
    {% if in_increment() -%}
    {% set profiles = as_last_built('int_customers_profiled') -%}
    union
    select profiles.customer_id
    from {{ profiles }} as profiles
    inner join mails on profiles.mail = mails.mail
    union
    select profiles.customer_id
    from {{ profiles }} as profiles
    inner join stops on profiles.phone = stops.phone
    union
    select customer_id from {{ as_last_built('int_customers_heard') }}
    where
        last_heard_on >= {{ days_after(last_as_of(), -var('sunset_days')) }}
        and last_heard_on < {{ days_after(as_of(), -var('sunset_days')) }}
    {%- endif %}
)

select * from touched
