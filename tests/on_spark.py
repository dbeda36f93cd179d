"""Spark for tests: where they run at all, which warnings they pass over, a session for a module.

`pytestmark = ON_SPARK`; those that take longer are marked `spark` besides.
"""

import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from os import environ
from typing import Any

import pytest

ON_SPARK = [
    pytest.mark.skipif(
        not (shutil.which("java") or environ.get("JAVA_HOME")) or find_spec("pyspark") is None,
        reason="there is no Java here, or no pyspark",
    ),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session that is open, as on a cluster, in ANSI mode, so that nothing wraps in silence."""
    from pyspark.sql import SparkSession

    environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.decimalOperations.allowPrecisionLoss", "false")
        .config("spark.sql.shuffle.partitions", "3")
        .config("spark.sql.files.openCostInBytes", str(1 << 30))  # each file is a partition
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("tables")))
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", "1g")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
