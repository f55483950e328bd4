"""Files of the appointment and removal approval form (干部任免审批表): .lrmx, .lrm with .pic, zip archives.

Pure: bytes in, frozen dataclasses out, problems that name file, line and field. No Django here.
"""
