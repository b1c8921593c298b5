"""Pictures, and the notebooks as far as they can be read without a kernel."""

from __future__ import annotations

import json
from typing import Any

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


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_cells_compile_and_have_results(path: Any) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]

    for cell in code:
        compile("".join(cell["source"]), path.name, "exec")
        assert cell["outputs"], cell["source"]
    assert len(code) > 4


def test_there_are_five() -> None:
    assert len(NOTEBOOKS) == 5
