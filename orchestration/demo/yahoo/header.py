"""The columns of Yahoo!ショッピング's order and item files as one reader knows them; formats.md 5.1."""

ORDERS = (
    "OrderId,ParentOrderId,DeviceType,IsAffiliate,FspLicenseCode,FspLicenseName,OrderTime,"
    "OrderTimeUnixEpoch,UsePointType,OrderStatus,StoreStatus,Referer,EntryPoint,Clink,SuspectMessage,"
    "IsItemCoupon,IsShippingCoupon,ShipName,ShipFirstName,ShipLastName,ShipAddress1,ShipAddress2,ShipCity,"
    "ShipPrefecture,ShipZipCode,ShipNameKana,ShipFirstNameKana,ShipLastNameKana,ShipAddress1Kana,"
    "ShipAddress2Kana,ShipCityKana,ShipPrefectureKana,ShipSection1Field,ShipSection1Value,"
    "ShipSection2Field,ShipSection2Value,ShipPhoneNumber,ShipEmgPhoneNumber,ShipMethod,ShipMethodName,"
    "ShipRequestDate,ShipRequestTime,ShipNotes,ArriveType,ShipInvoiceNumber1,ShipInvoiceNumber2,ShipUrl,"
    "ShipDate,GiftWrapType,GiftWrapPaperType,GiftWrapName,NeedBillSlip,NeedDetailedSlip,NeedReceipt,"
    "Option1Field,Option1Value,Option2Field,Option2Value,GiftWrapMessage,BillName,BillFirstName,"
    "BillLastName,BillAddress1,BillAddress2,BillCity,BillPrefecture,BillZipCode,BillNameKana,"
    "BillFirstNameKana,BillLastNameKana,BillAddress1Kana,BillAddress2Kana,BillCityKana,BillPrefectureKana,"
    "BillSection1Field,BillSection1Value,BillSection2Field,BillSection2Value,BillPhoneNumber,"
    "BillEmgPhoneNumber,BillMailAddress,PayMethod,PayMethodName,PayKind,CardPayCount,CardPayType,"
    "SettleStatus,SettleId,PayNo,PayNoIssueDate,PayDate,BuyerComments,AgeConfirm,QuantityDetail,ShipCharge,"
    "PayCharge,GiftWrapCharge,Discount,UsePoint,GetPoint,Total,TotalPrice,ShippingCouponDiscount,"
    "ItemCouponDiscount,TotalMallCouponDiscount,Id"
)
ITEMS = (
    "OrderId,LineId,Quantity,ItemId,SubCode,Title,ItemOptionName,ItemOptionValue,SubCodeOption,"
    "InscriptionName,InscriptionValue,UnitPrice,UnitGetPoint,LineSubTotal,LineGetPoint,PointFspCode,"
    "Condition,CouponId,CouponDiscount,OriginalPrice,IsGetPointFix,GetPointFixDate,ReleaseDate,"
    "GetPointType,Jan,ProductId,Id"
)
ORDER_NAMES = ORDERS.split(",")
ITEM_NAMES = ITEMS.split(",")
