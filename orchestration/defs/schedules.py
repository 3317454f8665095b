"""When the day's run starts."""

import dagster as dg

daily = dg.define_asset_job("daily", selection=dg.AssetSelection.all(), description="The day's run.")


@dg.schedule(
    job=daily,
    cron_schedule="0 6 * * *",
    execution_timezone="Asia/Tokyo",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def every_morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """06:00 in Tokyo, for the day that begins there."""
    day = context.scheduled_execution_time.date().isoformat()
    return dg.RunRequest(run_config={"resources": {"house": {"config": {"as_of": day}}}})
