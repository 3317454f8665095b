{#- Whatever a candidate has passed on its way, it may be written to for its brand and purpose. -#}
select
    candidates.message_name,
    eligibility.stopped_by
from {{ ref('mail_candidates') }} as candidates
left join {{ ref('mail_eligibility') }} as eligibility
    on
        candidates.customer_id = eligibility.customer_id
        and candidates.brand_id = eligibility.brand_id
        and candidates.purpose = eligibility.purpose
where eligibility.is_mailable is not true
