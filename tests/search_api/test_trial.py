from tests.search_api.asking import *
def test_x(town):
    for q in ["", "welder", "soudage", "welding", "dental hygienist", "pastry", "nordwind", "bookkeeping", "autocad", "R", "singing", "metal joining", "teeth", "torches","weldnig"]:
        a = ask(town, q=q)
        print(repr(q), a["total"], [(h["id"], h.get("score"), reason_types(h), [r.get("highlights") for r in h["reasons"]]) for h in a["hits"]])
