internal import Records

// The fixed sentences of an answer, one for each code and reason. They name nobody.
extension IdentityFinding.Code {
    /// What the finding is about. Of an agent or of staff says nothing about the applicant.
    var about: String {
        switch self {
        case .protectedIdentity, .samePersonTwoIDs, .oneIDSeveralPersons, .syntheticIdentity: "identity"
        case .deviceOfMany, .cardOfMany, .contactOfMany, .contactGivenByMany: "identifier"
        case .agentCollusion: "agent"
        case .staffCollusion: "staff"
        }
    }

    var labels: Labels {
        switch self {
        case .protectedIdentity:
            Labels(
                english: "The owner of this ID is protected; conflicts around it are held against nobody.",
                chinese: "该证件的持有人处于保护之中，相关冲突不作为对任何人的不利依据。")
        case .samePersonTwoIDs:
            Labels(
                english: "The same person appears to stand under another ID as well.",
                chinese: "疑似同一人另以其他证件号出现。")
        case .oneIDSeveralPersons:
            Labels(
                english: "This ID stands with the names and birth dates of several persons.",
                chinese: "该证件号对应多个不同的姓名与出生日期。")
        case .syntheticIdentity:
            Labels(
                english: "Several signs together fit an identity that was put together.",
                chinese: "多项迹象同时符合拼凑身份的特征。")
        case .deviceOfMany:
            Labels(english: "The device is used with many IDs.", chinese: "该设备关联多个证件号。")
        case .cardOfMany:
            Labels(english: "The card is used with many IDs.", chinese: "该银行卡关联多个证件号。")
        case .contactOfMany:
            Labels(
                english: "The applicant's phone was given as a contact by many others.",
                chinese: "申请人的手机号被多名他人填为联系人。")
        case .contactGivenByMany:
            Labels(
                english: "The contact given was given as a contact by many others.",
                chinese: "所填联系人同时被多名他人填为联系人。")
        case .agentCollusion:
            Labels(
                english: "Loans through this agent failed at the first payment more often than chance explains.",
                chinese: "经该中介的贷款首期违约明显偏多；此项仅针对中介，不涉及申请人。")
        case .staffCollusion:
            Labels(
                english: "Loans of this staff member failed at the first payment more often than chance explains.",
                chinese: "该经办人员的贷款首期违约明显偏多；此项仅针对经办人员，不涉及申请人。")
        }
    }
}

extension IdentityFinding.Reason {
    var labels: Labels {
        switch self {
        case .exactIdentifier:
            Labels(
                english: "Name, birth date and another identifier are the same.",
                chinese: "姓名、出生日期及另一标识相同。")
        case .nearIDNumber:
            Labels(
                english: "Name and birth date are the same, the ID number nearly so.",
                chinese: "姓名与出生日期相同，证件号近似。")
        case .presentedNameDiffers:
            Labels(
                english: "Other members know the ID with another name or birth date than presented.",
                chinese: "其他成员登记的姓名或出生日期与本次提交不符。")
        case .recentID: Labels(english: "The ID was first seen recently.", chinese: "证件号近期首次出现。")
        case .conflictingIdentity:
            Labels(english: "Name and ID conflict with earlier records.", chinese: "姓名与证件号同既往记录冲突。")
        case .freshContacts:
            Labels(english: "Phone, e-mail and device are all new.", chinese: "手机号、邮箱及设备均为新近出现。")
        case .sharedWithFreshIDs:
            Labels(
                english: "A phone, e-mail or device is shared with other new IDs.",
                chinese: "手机号、邮箱或设备与其他新证件号共用。")
        case .applicationBurst:
            Labels(
                english: "Applications at several members within days.", chinese: "数日内在多家成员机构申请。")
        case .widelyShared:
            Labels(
                english: "Shared so widely that it links nobody.", chinese: "共用范围过广，不构成关联。")
        }
    }
}
