"""People who buy in five shops, as the tables that staging would leave: SQL for DuckDB."""

THEM = """
create or replace temp macro letter(n, many) as chr(19968 + cast(n % many as integer));
create or replace temp macro kana(n, many) as chr(12450 + cast(n % many as integer) % 70);
create or replace temp table people as
with numbers as (
    select n, hash(n) as h, case when n % 10 < 3 then n - n % 10 else n end as house
    from range({first}, {last}) as t(n)
)
select
    n, h % 100 as luck,
    'p' || n || '@example.com' as mail,
    letter(hash(house, 1), 60) || letter(hash(house, 2), 50) as family_name,
    letter(h, 90) || letter(hash(n, 3), 80) as given_name,
    kana(hash(house, 1), 60) || kana(hash(house, 2), 50) || kana(hash(house, 1), 30) as family_kana,
    kana(h, 90) || kana(hash(n, 3), 80) || kana(h, 20) as given_kana,
    lpad(cast(hash(house, 4) % 120000 * 7 as varchar), 7, '0') as postcode,
    '東京都' as prefecture,
    letter(hash(house, 5), 900) || '市' || letter(hash(house, 6), 900) || '町' as address1,
    [1 + hash(house, 7) % 8, 1 + hash(house, 8) % 30, 1 + hash(house, 9) % 20] as block,
    '0' || (7000000000 + hash(n, 10) % 3000000000) as phone,
    case h % 2 when 0 then 'female' else 'male' end as sex,
    date '1950-01-01' + cast(hash(n, 11) % 20000 as integer) as birthday
from numbers
"""
BUYERS = """
with drawn as (
    select o, hash(o, 20) as h,
        {first} + cast(floor(({last} - {first}) * power((hash(o, 21) % 1000000) / 1e6, 1.6)) as bigint) as n
    from range({from_order}, {to_order}) as t(o)
),
placed as (
    select *, ['eccube', 'rakuten', 'yahoo', 'amazon', 'shopify'][
        cast(1 + case when h % 10 < 8 then hash(n, 22) else hash(n, 23) end % 5 as bigint)] as shop
    from drawn
)
select
    shop || ':order:' || o as order_id,
    {file} as file_sha256,
    case when shop in ('eccube', 'shopify') then 'own' else 'mall' end as channel,
    {day} as known_on, {day} + interval 3 hour as described_at, {day} + interval 4 hour as told_at,
    case shop when 'rakuten' then 'masked' when 'amazon' then 'none' else 'named' end as persons,
    case when shop = 'eccube' and luck < 50 then n::varchar end as member_id,
    cast(null as varchar) as memo,
    case shop when 'rakuten' then md5(n || 'm') || '@pc.fw.rakuten.ne.jp' else mail end as mail,
    family_name, given_name,
    case when luck % 4 != 0 or shop = 'eccube' then family_kana end as family_kana,
    case when luck % 4 != 0 or shop = 'eccube' then given_kana end as given_kana,
    postcode, prefecture, address1,
    case luck % 3 when 0 then format('{{}}-{{}}-{{}}', block[1], block[2], block[3])
        when 1 then format('{{}}丁目{{}}番{{}}号', block[1], block[2], block[3])
        else format('{{}}－{{}}－{{}}　コーポ', block[1], block[2], block[3]) end as address2,
    phone, sex, birthday,
    case when shop = 'amazon' then null
        when shop = 'eccube' and luck < 50 then 'eccube:member:' || n
        when shop = 'rakuten' then 'rakuten:buyer:' || md5(n || 'r')
        else shop || ':guest:' || mail end as person_key
from placed inner join people using (n)
"""
VERSIONS = """
select order_id, file_sha256 as version_file_sha256, known_on as effective_on
from staging.stg_shops__order_buyers where {which}
"""
JUDGED = """
select order_id, split_part(order_id, ':', 1) as shop_id, 'main' as brand_id, channel,
    file_sha256 as order_file_sha256, person_key, known_on as ordered_on,
    known_on + interval 3 hour as ordered_at
from staging.stg_shops__order_buyers where {which}
"""
MEMBERS = """
select distinct on (person_key) person_key, 'eccube' as shop_id, 'main' as brand_id, 'own' as channel,
    persons, file_sha256, file_sha256 as first_told_in, known_on, member_id, false as has_left,
    cast(null as varchar) as tags, known_on + interval 1 hour as registered_at,
    known_on as registered_on, mail, family_name, given_name, family_kana, given_kana, postcode, prefecture,
    address1, address2, phone, sex, birthday
from staging.stg_shops__order_buyers where {which} and cast(member_id as bigint) >= {first}
order by person_key, known_on, order_id
"""
