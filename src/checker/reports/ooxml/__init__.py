"""Excel workbooks as the parts they are kept in: what is not touched stays byte for byte as it was.

Charts, pictures, pivot tables, controls and whatever else a program put into a workbook is lost where it is read into
a library's own objects and written again; here parts are added and single cells are changed instead.
"""
