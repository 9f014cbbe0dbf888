"""Where one value comes from, on the invented town."""

from sro_geo.model.study import Study
from sro_geo.report.derivation import explain_value


def test_an_invented_value_is_marked(musterstadt: Study) -> None:
    for code in ("arbeitslose", "bevoelkerung", "versiegelung"):
        assert "Rechenbeispiel mit erfundenen Werten:" in explain_value(musterstadt, "08", code).splitlines()


def test_a_value_of_a_raster_is_a_mean_of_its_cells(musterstadt: Study) -> None:
    lines = explain_value(musterstadt, "08", "versiegelung").splitlines()
    row = musterstadt.select_values("versiegelung").loc["08"]
    above, below = (f"{row[part]:,.0f}".replace(",", ".") for part in ("numerator", "denominator"))
    assert lines[-2].endswith(f"100 × {above} ÷ {below}")
    assert "versiegelung.tif" in lines[-1]
    assert "nach Fläche" in lines[-1]
