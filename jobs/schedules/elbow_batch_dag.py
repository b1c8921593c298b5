"""Elbow's batch as an Airflow DAG (Airflow 2.4 or newer, and 3): copy it into the DAG folder.

A run at half past two scores what is dated up to the day before, the last one that is over. That is told from the end of the
run's data interval, which is the time of the schedule in Airflow 2 and in 3. The logical date ("ds") is not: in Airflow 2 it
is the beginning of the interval, a day earlier, and in Airflow 3, whose cron schedules have intervals of no length, the time of
the schedule itself, so that it would name a day that has just begun. A run that somebody starts without a date, as Airflow 3
lets them, is one of the time at which it was asked for.

Runs that were missed need no catching up by Airflow: the batch scores every partition that its ledger does not list.
"""

from datetime import datetime, timedelta, timezone

try:  # Airflow 3
    from airflow.providers.standard.operators.bash import BashOperator
    from airflow.sdk import DAG
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.operators.bash import BashOperator

TIME = "(data_interval_end if data_interval_end is defined and data_interval_end else dag_run.run_after)"
DAY = "{{ macros.ds_add(" + TIME + " | ds, -1) }}"

with DAG(
    dag_id="elbow_batch",
    description="Scores the partitions that have come in",
    schedule="30 2 * * *",
    # In UTC, as the batch has its days.
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=15)},
) as dag:
    BashOperator(
        task_id="batch",
        cwd="/opt/elbow",
        bash_command="jobs/elbow batch --config conf/batch.conf --date " + DAY,
        # Another batch holds the lock, and does the work.
        skip_on_exit_code=6,
        execution_timeout=timedelta(hours=6),
    )
