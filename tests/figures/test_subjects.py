"""What a number measures: a table of sentences, and what a reader would say it is."""

from __future__ import annotations

import pytest
from baogao.figures.quantity import find_quantities
from baogao.figures.subjects import Topic
from baogao.model import Doubt


def names(*sentences: str, matter: str = ""):
    topic = Topic(matter)
    return [name for text in sentences for name in topic.name(text, find_quantities(text))]


def subjects(*sentences: str, matter: str = ""):
    return [name.subject for name in names(*sentences, matter=matter)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("走访企业12家，提出意见5条", ["走访企业", "提出意见"]),
        ("办理人大代表建议63件，办理政协提案68件", ["办理人大代表建议", "办理政协提案"]),
        # carried on
        ("收到行政复议申请87件，受理79件，审结74件", ["收到行政复议申请", "行政复议受理", "行政复议审结"]),
        ("政务服务事项1105项，网上可办率100%", ["政务服务事项", "政务服务事项网上可办率"]),
        ("推送短视频作品25条，播放量突破百万次", ["推送短视频作品", "短视频作品播放量"]),
        ("全区执法人员974人，其中，本科以上的约70%", ["全区执法人员", "全区执法人员本科以上占比"]),
        # a noun of its own is not carried on to the one before
        ("聘请法律顾问2名，公职律师增至9名", ["聘请法律顾问", "公职律师"]),
        # behind the number
        ("健全144个人民调解组织", ["健全人民调解组织"]),
        ("邀请专家为300余名执法人员授课", ["执法人员授课"]),
        ("对7大领域，开展专项执法监督", ["开展专项执法监督的领域"]),
        ("与4省25市签订合作协议", ["签订合作协议的省", "签订合作协议的市"]),
        # examples are no part of the name
        ("开展小课堂、进企业等法治宣传活动54场次", ["法治宣传活动场次"]),
        ("教育、民宗等15个重点执法领域", ["重点执法领域"]),
        # how it was done is none either
        ("通过内部调剂、公开考录增配审核人员12名", ["增配审核人员"]),
        # a change does not pile up on the change before
        ("谷物产量641万吨，比上年增产1.3%，增产0.5%", ["谷物产量", "谷物产量比上年增产", "谷物产量增产"]),
        ("货物利用率[15]为76.6%", ["货物利用率"]),
        # lists and their order
        ("企业、个体工商户分别为214.2万户、486.9万户", ["企业", "个体工商户"]),
        # from, to
        ("平均用时由52天缩短到38天", ["原平均用时", "平均用时"]),
        ("结案47件，占审结案件的33.6%", ["结案", "结案占审结案件比例"]),
        # measures
        ("列席区人大常委会8次", ["列席区人大常委会次数"]),
        ("带头讲授法治课4场", ["讲授法治课场次"]),
    ],
)
def test_a_subject_is_what_a_reader_would_say(text, expected):
    assert subjects(text) == expected


def test_one_number_for_several_things_lists_each():
    name = names("办理人大代表建议63件，办理政协提案68件，办结率和满意率均为100%。")[-1]
    assert name.subject == "人大代表建议、政协提案办结率和满意率"
    assert name.things == ("人大代表建议办结率", "人大代表建议满意率", "政协提案办结率", "政协提案满意率")


def test_a_matter_does_not_reach_past_a_clause_that_turns_to_something_else():
    assert subjects("办理政府信息公开申请86件。", "推进重点领域公开工作，政策解读率达100%。")[-1] == "政策解读率"


def test_a_subject_taken_from_an_earlier_sentence_is_doubtful_and_one_from_a_heading_is_not():
    assert names("走访重点企业87家。", "均为79人。")[-1].doubt is Doubt.CARRIED
    assert names("收到行政复议申请87件。", "组织培训。", "受理79件。")[-1].doubt is Doubt.CARRIED
    assert names("收到行政复议申请87件。", "受理79件。")[-1].doubt is None  # named in the sentence just before
    assert names("受理79件。", matter="行政复议")[-1].doubt is None
    assert names("共79件。")[-1].doubt is Doubt.UNNAMED


@pytest.mark.parametrize(
    ("subject", "short"),
    [
        ("办理人大代表建议63件", "人大代表建议"),
        ("12345政务服务便民热线平台受理群众诉求5件", "受理群众诉求"),
        ("“公开全程办理事项”系列工作专题宣传作品5件", "“公开全程办理事项”系列工作专题宣传作品"),
    ],
)
def test_a_short_name_leaves_the_action_and_cuts_no_quotation(subject, short):
    assert names(subject)[0].short == short
