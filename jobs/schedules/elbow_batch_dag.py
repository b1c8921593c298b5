"""Elbow's batch as an Airflow DAG (Airflow 2.4 or newer): copy it into the DAG folder.

The date of a run is the day whose data are complete. Runs that were missed need no catching up by Airflow: the batch
scores every partition that its ledger does not list.
"""

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG(
    dag_id="elbow_batch",
    description="Scores the partitions that have come in",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=15)},
) as dag:
    BashOperator(
        task_id="batch",
        cwd="/opt/elbow",
        bash_command="jobs/elbow batch --config conf/batch.conf --date {{ ds }}",
        # Another batch holds the lock, and does the work.
        skip_on_exit_code=6,
        execution_timeout=timedelta(hours=6),
    )
