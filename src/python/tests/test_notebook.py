"""Pictures, and the cells of the notebooks, with fewer epochs than `jobs/notebooks jupyter` trains."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Dict, Iterator, List

import nbformat
import pytest
from jupyter_core.utils import run_sync
from nbconvert.preprocessors import ExecutePreprocessor

import elbow
from conftest import ROOT
from elbow import notebook

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def test_pictures_of_a_model(model: Any, table: Any) -> None:
    for picture in [notebook.glance(model), notebook.course(model)]:
        assert picture._repr_html_().startswith('<div class="elbow-picture">')
    assert model.summary().model_id in notebook.glance(model).html


def test_pictures_of_rows(model: Any, table: Any) -> None:
    rows = elbow.frames.to_spark(table)
    scored = model.explain(rows, 2)

    assert "the threshold of" in notebook.distribution(scored, model.modelThreshold).html
    assert "was expected" in notebook.strangest(scored, 3, "id").html
    assert "above normal" in notebook.contributions(scored).html
    assert "<svg" in notebook.latent_map(model.encode(rows), "even").html


def test_an_error_of_java_is_one_of_python(spark: Any) -> None:
    with pytest.raises(elbow.ElbowError, match="labels could not be read"):
        notebook.labels("data/no-such-file")


def cells(path: Path) -> List[Dict[str, Any]]:
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def runner() -> ExecutePreprocessor:
    return ExecutePreprocessor(timeout=300, kernel_name="python3")


@pytest.fixture(scope="module")
def kernel() -> Iterator[Any]:
    """One for all notebooks: each begins by a session, and takes the one that is there."""
    manager = runner().create_kernel_manager()
    yield manager
    run_sync(manager.shutdown_kernel)(now=True)


def results(notebook: Any) -> List[Any]:
    """What the cells show, one result each."""
    return [
        [output.data for output in cell.outputs if "data" in output]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_and_shows_what_its_stored_result_is_of(kernel: Any, path: Path) -> None:
    notes = nbformat.read(path, as_version=4)
    stored = results(notes)
    for cell in notes.cells:
        # Good models take longer.
        cell.source = re.sub(r"\bepochs=\d+", "epochs=2", cell.source)

    runner().preprocess(notes, {"metadata": {"path": str(ROOT)}}, km=kernel)

    shown = results(notes)
    assert [len(cell) for cell in shown] == [1] * len(stored)
    assert ["text/html" in data for (data,) in shown] == ["text/html" in data for (data,) in stored]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_has_the_result_of_a_run(path: Path) -> None:
    code = cells(path)

    for cell in code:
        assert cell["outputs"], cell["source"]
        assert all(output["output_type"] != "error" for output in cell["outputs"])
    assert len(code) > 4


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5
