"""What a number measures: a table of sentences, and what a journalist would print."""

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
        # what was done stands before the thing counted
        ("取消证明事项63项，审查合同58份", ["取消的证明事项", "审查的合同"]),
        ("人民调解组织受理纠纷1864件", ["人民调解组织受理的纠纷"]),
        ("为企业办理容缺受理业务517笔", ["为企业办理的容缺受理业务"]),
        ("发现并制止违法建设6处、拆除430平方米", ["发现并制止的违法建设", "拆除的违法建设面积"]),
        ("办理人大代表建议63件、政协提案68件", ["办理的人大代表建议", "办理的政协提案"]),
        ("开工建设重点产业项目60个，民生项目40个", ["开工建设的重点产业项目", "开工建设的民生项目"]),
        ("推动新增上市企业5家", ["新增的上市企业"]),
        # a noun that nothing was done to stays as it is
        ("地区生产总值达500亿元，标准机架11.5万架", ["地区生产总值", "标准机架"]),
        ("货物采购金额3万元，生活垃圾处理能力4吨", ["货物采购金额", "生活垃圾处理能力"]),
        ("发放贷款3亿元", ["发放的贷款"]),
        # events and people are counted in their own words
        ("开展规范性文件清理两次，举办普法活动23场次", ["规范性文件清理次数", "普法活动场次"]),
        ("城镇新增就业14万人，参加考试300人", ["城镇新增就业人数", "参加考试人数"]),
        ("旁听庭审4场次、230余人次", ["旁听庭审场次", "旁听庭审人次"]),
        # who leads does so in every clause of the sentence
        ("区长带头出庭应诉2次，带头讲授法治课4场", ["区长带头出庭应诉次数", "区长讲授法治课场次"]),
        # an act alone, of what was counted before; an application taken up is a case
        (
            "收到行政复议申请87件，受理79件，审结74件，其中维持43件，调解、和解终止14件",
            [
                "收到的行政复议申请",
                "受理的行政复议申请",
                "审结的行政复议案件",
                "维持的行政复议案件",
                "调解、和解终止的行政复议案件",
            ],
        ),
        ("行政应诉案件64件，负责人出庭39件", ["行政应诉案件", "负责人出庭的行政应诉案件"]),
        ("审核文件、合同212件，其中文件21件", ["审核的文件、合同", "审核的文件"]),
        ("受理纠纷1864件，其中邻里538件", ["受理的纠纷", "受理的邻里纠纷"]),
        ("新引进项目中完成供地156个、开工43个", ["完成供地的新引进项目", "开工的新引进项目"]),
        # what comes of a clause says of which; a noun that says nothing takes what is near
        ("走访企业12家，提出意见5条", ["走访的企业", "走访企业提出的意见"]),
        ("开展拖欠账款清理，化解欠款3亿元", ["拖欠账款清理化解的欠款"]),
        ("检验特种设备20台，整改隐患35处", ["检验的特种设备", "整改的特种设备隐患"]),
        ("开展宣传周等普法活动58场次，现场受理咨询3000人次", ["普法活动场次", "普法活动现场受理咨询人次"]),
        ("开展交通安全专项整治，评查案卷210件", ["交通安全专项整治评查的案卷"]),
        # the noun behind the number: of a verb, of its own predicate, of a preposition
        ("健全144个人民调解组织", ["人民调解组织"]),
        ("新增2个特色产业集群", ["新增的特色产业集群"]),
        ("机场通达20个城市，送达文书300份", ["机场通达的城市", "送达的文书"]),
        ("2个单位获评先进集体", ["获评先进集体的单位"]),
        ("9个单位没有专职审核人员", ["没有专职审核人员的单位"]),
        ("5306名国家工作人员参加学法考试，合格率99.7%", ["参加学法考试的国家工作人员", "国家工作人员学法考试合格率"]),
        ("47个贫困村出列，435个项目建成投产", ["出列的贫困村", "建成投产的项目"]),
        ("160类电子证照可共享复用，22个事项“免证办”", ["可共享复用的电子证照", "“免证办”的事项"]),
        ("完成269所学校改造，实现359项事项跨域通办", ["完成改造的学校", "实现跨域通办的事项"]),
        ("对23件重大事项进行合法性审查", ["接受合法性审查的重大事项"]),
        ("对7大领域，开展专项执法监督", ["接受专项执法监督的领域"]),
        ("对区发改局等4个重点单位开展督察", ["接受督察的重点单位"]),
        ("对1家律师事务所和两家法律服务所暂缓考核", ["被暂缓考核的律师事务所", "被暂缓考核的法律服务所"]),
        ("教育等15个执法领域和11个街镇公示了清单", ["公示清单的执法领域", "公示清单的街镇"]),
        ("为13个乡镇增配执法人员31名", ["增配执法人员的乡镇", "乡镇增配的执法人员"]),
        ("邀请专家为300余名执法人员授课", ["接受授课的执法人员"]),
        ("组织400余名“明白人”开展法治培训", ["参加法治培训的“明白人”"]),
        ("与4省25市签订合作协议", ["签订合作协议的省", "签订合作协议的市"]),
        # rates end in their own word, and say of what
        ("高频便民事项1105项，网上可办率100%", ["高频便民事项", "高频便民事项网上可办率"]),
        ("推送短视频作品25条，播放量突破百万次", ["推送的短视频作品", "短视频作品播放量"]),
        ("办理案件411件，其中讨薪案件176件，占比超四成", ["办理的案件", "办理的讨薪案件", "讨薪案件占案件比例"]),
        ("某领域案件仅占全部案件的3.8%", ["某领域案件占全部案件比例"]),
        ("执法人员974人，其中，本科以上的约70%", ["执法人员", "执法人员中本科以上占比"]),
        ("经复议后八成五案件实现案结事了", ["经复议后实现案结事了的案件占比"]),
        ("被纠正的文件中，三分之二来自县级", ["被纠正的文件中来自县级的占比"]),
        (
            "将法治建设纳入综合考核，权重由2分提高到3分",
            ["法治建设在综合考核中的权重（提高前）", "法治建设在综合考核中的权重"],
        ),
        # changes end in the way they go
        ("行政处罚案件3987件，同比下降7.5%", ["行政处罚案件", "行政处罚案件同比降幅"]),
        ("行政处罚案件3987件，较上年增加91件", ["行政处罚案件", "行政处罚案件增加量"]),
        ("平均减少申报材料38%", ["申报材料平均降幅"]),
        ("民营企业办件量是上年的2.6倍", ["民营企业办件量（为上年倍数）"]),
        (
            "应诉率92.4%，较2021年、2020年分别提高5个百分点、13个百分点",
            ["应诉率", "应诉率较2021年增幅", "应诉率较2020年增幅"],
        ),
        ("出庭率最高与最低的市州相差11.2个百分点", ["出庭率最高与最低的市州差距"]),
        # lists and their order
        ("企业户数、工商户户数分别为214户、486户", ["企业户数", "工商户户数"]),
        ("制定、修改、废止规章分别为5件、9件和3件", ["制定的规章", "修改的规章", "废止的规章"]),
        # a list gives each number its own, and says nothing twice
        ("规上工业总产值、增加值分别增长26%和10%", ["规上工业总产值增幅", "规上工业增加值增幅"]),
        ("公路、水利、电网投资分别增长19%、12%、41%", ["公路投资增幅", "水利投资增幅", "电网投资增幅"]),
        ("城乡居民收入分别增长4%、7%", ["城镇居民收入增幅", "农村居民收入增幅"]),
        ("城乡低保标准分别提高9%、10%", ["城市低保标准增幅", "农村低保标准增幅"]),
        ("存贷款余额按可比口径分别增长8%和6%", ["存款余额增幅", "贷款余额增幅"]),
        ("科技城、产业园分别新增企业102家、81家", ["科技城新增的企业", "产业园新增的企业"]),
        (
            "新增专利4件、商标2件，分别增长5%、6%",
            ["新增的专利", "新增的商标", "新增的专利增幅", "新增的商标增幅"],
        ),
        (
            "城镇和农村居民收入达到4万元和2万元，增长6%和7%",
            ["城镇居民收入", "农村居民收入", "城镇居民收入增幅", "农村居民收入增幅"],
        ),
        # what a verb governs it governs to the end of the list, and no further
        ("新增2个产业园和3家龙头企业", ["新增的产业园", "新增的龙头企业"]),
        ("完成5个排口和6条水体整治", ["完成整治的排口", "完成整治的水体"]),
        (
            "建设技术中心15个、工程研究中心15个、重点实验室5个",
            ["建设的技术中心", "建设的工程研究中心", "建设的重点实验室"],
        ),
        ("建设干管1条、污水提升泵站2座", ["建设的干管", "建设的污水提升泵站"]),
        ("开工建设首批8个项目", ["开工建设的首批项目"]),
        ("加装电梯600台、天然气改造9000户", ["加装的电梯", "天然气改造"]),
        ("减免社保缴费11亿元、累计减税9亿元", ["减免的社保缴费", ""]),
        # what became of the noun stands behind it; what is counted again is a total
        ("持牌机构新增47家、总数达到177家", ["新增的持牌机构", "持牌机构总数"]),
        ("新增企业13家、达47家", ["新增的企业", "企业总数"]),
        ("老旧小区改造启动11个", ["启动改造的老旧小区"]),
        ("十件民生实事完成9件", ["完成的民生实事"]),
        ("实施项目31个、竣工28个", ["实施的项目", "竣工的项目"]),
        ("11个部委出台支持政策", ["出台支持政策的部委"]),
        ("6家机构成功改制", ["成功改制的机构"]),
        ("72万人参加养老保险", ["参加养老保险人数"]),
        # a number that says of what kind the noun is stays with it
        ("新建及改造10千伏线路512公里", ["", "新建及改造的10千伏线路"]),
        ("实施500万元以上项目30个", ["实施的500万元以上项目"]),
        ("引进1个10亿元以上企业", ["引进的10亿元以上企业", ""]),
        # whose total it is, and for whom an amount is
        ("集中开工43个重大项目、总投资248亿元", ["集中开工的重大项目", "集中开工的重大项目总投资"]),
        (
            "城市低保标准从每人每月420元提高到850元",
            ["城市低保标准（每人每月）（提高前）", "城市低保标准（每人每月）"],
        ),
        ("一般预算支出累计突破1000亿元", ["累计一般预算支出"]),
        # a change is of what stands nearest, and is told once
        ("电网投资增长6%。电机产能达到58万吨、增长20%", ["电网投资增幅", "电机产能", "电机产能增幅"]),
        ("对外工程完成营业额119亿元，比上年增长6%", ["对外工程完成营业额", "对外工程完成营业额增幅"]),
        ("居民消费价格涨幅控制在3%", ["居民消费价格涨幅"]),
        # a word is whole
        ("城市建成区面积达到110平方公里", ["城市建成区面积"]),
        ("融资平台累计压降85%", ["融资平台降幅"]),
        ("新增城市集中供热面积80万平方米", ["新增的城市集中供热面积"]),
        # examples and ways are no part of the name
        ("通过内部调剂、公开考录增配审核人员12名", ["增配的审核人员"]),
        ("货物利用率[15]为76.6%", ["货物利用率"]),
    ],
)
def test_a_name_is_what_a_journalist_would_print(text, expected):
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a verb left over
        ("行政案件败诉率降低到3.2%", ["行政案件败诉率"]),
        ("城镇登记失业率控制在4%以内", ["城镇登记失业率"]),
        ("环境投诉率回落至2%", ["环境投诉率"]),
        ("固定资产投资完成1700亿元", ["固定资产投资"]),
        # a bare verb, two words of one notion
        ("投资增长3%，消费增长5.1%，出口下降2%", ["投资增幅", "消费增幅", "出口降幅"]),
        ("高新技术产业增加值占GDP比重达11.5%", ["高新技术产业增加值占GDP比重"]),
        # a bound, 约, 近, 多
        ("案件下降两成多", ["案件降幅"]),
        ("办件量是上年的3倍多", ["办件量（为上年倍数）"]),
        # a bullet
        ("——地区生产总值达到500亿元", ["地区生产总值"]),
        ("• 培训执法人员300人次", ["培训的执法人员"]),
        ("◆走访企业30家", ["走访的企业"]),
        # half a word
        ("及时受理案件300件，及时化解纠纷20起", ["及时受理的案件", "及时化解的纠纷"]),
        ("对外贸易额300亿元，对口帮扶3个县", ["对外贸易额", "对口帮扶的县"]),
        # a matter of another field, of the sentence before
        ("办理不予处罚案件265件，涉及金额约430万元", ["办理的不予处罚案件", "不予处罚案件涉及金额"]),
        # a shared noun lost
        (
            "城镇、农村居民人均可支配收入分别增长7.3%、8.7%",
            ["城镇居民人均可支配收入增幅", "农村居民人均可支配收入增幅"],
        ),
        ("小学、初中辍学率分别为0.6%、1.8%", ["小学辍学率", "初中辍学率"]),
        ("甲县、乙县案件量分别为30件、50件", ["甲县案件量", "乙县案件量"]),
        # threshold and attribute of what stands behind
        ("1000千伏变电站启动建设", [""]),
        ("安排4亿元实施计划", [""]),
        ("派出18批次1502人的医疗队", ["", ""]),
    ],
)
def test_a_name_is_never_a_piece_of_the_clause(text, expected):
    assert subjects(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "保障房竣工不足3亿元",  # a verb closes it
        "出台稳工业26条",  # the noun is cut off
        "旅游产业化55亿元",
        "其中中心城区1.8万户",  # a place, and not what is counted there
        "与两地开展洽谈100场",  # with whom is lost
        "打造21个乡镇签约项目81个",  # of which noun the number is
        "企业审批、不动产登记分别控制在2个、5个工作日以内",  # a time of which the list does not speak
        "液晶器件、汽车产量分别增长39%、5%",  # whether the last word is for all
        "刑事、治安类警情分别下降15%、25%",
        "要以38个新城为载体布局产业",
        "市场拓展至83个国家",
        "产能达到58万吨",  # of what
        "“一网通办”2万项",
        "医保补助再提高30元",  # no level
        "引进11家“三类500强”企业投资项目20个",
        "在4个片区县实施项目",
        "高新区、经开区增长15%以上",
        "共有18个国家和地区的20支队参赛",
        "“1”即1个产业集群",
    ],
)
def test_a_name_that_lacks_a_word_or_keeps_one_too_many_is_withheld(text):
    named = names(text)
    assert not named[0].subject
    assert named[0].doubt is Doubt.UNNAMED and named[0].clause


def test_a_list_whose_verb_nobody_can_tell_gives_its_later_things_no_verb():
    assert subjects("新增企业2家，高新技术企业26家") == ["新增的企业", "高新技术企业"]
    assert subjects("荒山更新造林40万亩、公路绿化100公里")[-1] == ""


def test_a_matter_reaches_no_field_that_it_is_not_of():
    told = subjects("全年化解矛盾纠纷300件。", "发放贷款3亿元。", "植树5万株。", matter="人民调解")
    assert told[:2] == ["化解的矛盾纠纷", "发放的贷款"]
    assert "贷款" not in told[2]
    assert subjects("评查执法案卷320宗，合格率96.9%。", "组织执法培训15期、培训2300余人次。")[2:] == [
        "执法培训期数",
        "执法培训人次",
    ]


def test_one_number_for_several_things_names_them_all_and_lists_each():
    name = names("办理人大代表建议63件，办理政协提案68件，办结率和满意率均为100%。")[-1]
    assert name.subject == "人大代表建议、政协提案办结率、满意率（均）"
    assert name.things == ("人大代表建议办结率", "人大代表建议满意率", "政协提案办结率", "政协提案满意率")


def test_scope_and_topic_come_from_a_heading_or_the_clause_before_where_the_name_means_nothing_without():
    assert subjects("受理79件。", matter="行政复议") == ["行政复议受理数"]
    assert subjects("调解和解率42.5%。", matter="行政复议") == ["行政复议调解和解率"]
    assert subjects("受援人258人次。", matter="法律援助") == ["法律援助受援人"]
    assert subjects("推进国家工作人员学法考法，参考人数10525人，通过率达100%。") == [
        "国家工作人员学法考法参考人数",
        "国家工作人员学法考法通过率",
    ]


@pytest.mark.parametrize("text", ["满意率98%。", "占比达20%多。", "共79件。", "将甲、乙整合为15家。", "提出意见的3家"])
def test_where_no_phrase_is_sure_the_name_is_withheld_and_its_clause_stands_for_it(text):
    name = names(text)[-1]
    assert (name.subject, name.doubt) == ("", Doubt.UNNAMED)
    assert name.clause and text[name.clause.start : name.clause.end] == name.clause.text
    assert name.clause.text in text


def test_a_matter_does_not_reach_past_a_clause_that_turns_to_something_else():
    assert subjects("办理政府信息公开申请86件。", "推进重点领域公开工作，政策解读率达100%。")[-1] == "政策解读率"


def test_a_name_that_leans_on_an_earlier_sentence_is_doubtful_and_one_that_leans_on_a_heading_is_not():
    assert names("走访的重点企业数87家。", "均为79家。")[-1].doubt is Doubt.CARRIED
    assert names("收到行政复议申请87件。", "受理79件。")[-1].doubt is Doubt.CARRIED
    assert names("受理79件。", matter="行政复议")[-1].doubt is None


def test_what_rules_match_is_in_the_order_of_the_report():
    assert [name.said for name in names("收到行政复议申请87件，受理79件。")] == ["收到行政复议申请", "行政复议受理"]
    assert [name.said for name in names("用时由52天缩短到38天。", matter="公证")] == ["原公证用时", "公证用时"]
