"""What the people of five_channels say of mail, and what the provider says of theirs: SQL for DuckDB.

Six of ten have stated consent, two of them twice; half of the members by their cart's flag, too. Of each
message three events are told: most are delivered, some opened and clicked, few refused. `{file}` and `{day}`
are SQL, `{first}` a number of a person.
"""

from five_channels import JUDGED, MEMBERS, VERSIONS

CONSENTS = """
select case when luck < 50 and hash(n, 22) % 5 = 0 then 'eccube:member:' || n end as person_key,
    'main' as brand_id, mail, 'mail' as channel, 'advertising' as purpose,
    case when nth = 2 and luck % 2 = 0 then 'withdrawn' else 'granted' end as consent_state,
    'v1' as form_version, 'signup' as stated_where,
    {day} + to_hours(cast(nth as integer)) as changed_at, {day} as changed_on, {file} as file_sha256
from people cross join range(1, 3) as t(nth), lateral (select n as o)
where nth <= case when hash(n, 30) % 10 < 2 then 2 when hash(n, 30) % 10 < 6 then 1 else 0 end
"""
FLAGS = """
select person_key, shop_id, brand_id, mail, 'eccube_customers' as feed, file_sha256, 1::bigint as told_in_row,
    registered_at as told_at, true as is_agreed, cast(null as timestamp) as agreed_at
from staging.stg_shops__customers
where cast(member_id as bigint) % 2 = 0 and cast(member_id as bigint) >= {first} and {which}
"""
STOPS = """
select cast(null as varchar) as person_key, mail, cast(null as varchar) as phone,
    cast(null as varchar) as brand_id,
    'mail' as stop_scope, 'refused' as reason, {day} as valid_from, date '9999-12-31' as valid_to,
    {file} as file_sha256
from people cross join lateral (select n as o) where n % 1000 = 7
"""
EVENTS = """
select md5(e || 'e') as event_id,
    case when hash(e, 41) % 100 < 97
        then ['processed', 'delivered', 'delivered', 'open', 'click'][cast(1 + hash(e, 42) % 5 as bigint)]
        else ['bounce', 'spamreport', 'dropped'][cast(1 + hash(e, 43) % 3 as bigint)] end as event,
    'p' || hash(e // 3, 44) % {people} || '@example.com' as mail,
    {day} + to_seconds(cast(e % 80000 as integer)) as happened_at, {day} as happened_on,
    md5(e // 3 || 't') as token, 'Bounced Address' as reason, 'bounce' as bounce_type,
    cast(null as varchar) as group_id, {file} as file_sha256
from range({from_event}, {to_event}) as t(e), lateral (select e as o)
"""
ERASURES = "select 'mail' as handle_kind, md5('nobody') as handle_hash, date '2026-01-01' as erased_on"
FOLLOWING = {
    "intermediate.int_order_versions_dated": VERSIONS,
    "intermediate.int_orders_judged": JUDGED,
    "staging.stg_shops__customers": MEMBERS,
    "staging.stg_shops__customer_statements": MEMBERS,
    "staging.stg_shops__customer_consents": FLAGS,
    "staging.stg_joren__consents": CONSENTS,
    "staging.stg_joren__stops": STOPS,
    "staging.stg_sendgrid__events": EVENTS,
}
