"""Pictures, and the cells of the notebooks without a kernel: `jobs/notebooks jupyter` runs them in one."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any, Dict, List

import pytest

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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_runs_and_shows_what_its_stored_result_is_of(spark: Any, path: Path) -> None:
    names: Dict[str, Any] = {}
    for cell in cells(path):
        # Good models take longer.
        source = re.sub(r"\bepochs=\d+", "epochs=2", "".join(cell["source"]))
        statements = ast.parse(source, path.name)
        last = statements.body.pop()
        assert isinstance(last, ast.Expr), source
        exec(compile(statements, path.name, "exec"), names)
        shown = eval(compile(ast.Expression(last.value), path.name, "eval"), names)

        (stored,) = [output["data"] for output in cell["outputs"] if "data" in output]
        page = shown._repr_html_() if hasattr(shown, "_repr_html_") else None
        assert ("text/html" in stored) == (page is not None), source
        assert shown is not None, source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_cell_has_the_result_of_a_run(path: Path) -> None:
    code = cells(path)

    for cell in code:
        assert cell["outputs"], cell["source"]
        assert all(output["output_type"] != "error" for output in cell["outputs"])
    assert len(code) > 4


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5
